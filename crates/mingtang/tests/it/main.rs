//! The one test binary of the whole program: the map is true, the stories hold, nothing leaks.

mod canary;
mod client;
mod copies;
mod crawl;
mod html;
mod kill;
mod matrix;
mod second;
mod stories;
mod tidy;
mod wire;
