//! The one test binary of the whole program: the map is true, the stories hold, nothing leaks.

mod crawl;
mod html;
mod matrix;
mod stories;
mod tidy;
mod wire;
