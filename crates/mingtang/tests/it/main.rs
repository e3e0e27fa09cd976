//! The one test binary of the whole program: the map is true, the stories hold, nothing leaks.

mod canary;
mod client;
mod clocks;
mod copies;
mod crawl;
mod gone;
mod handover;
mod html;
mod in_force;
mod kill;
mod law;
mod matrix;
mod nights;
mod numbers;
mod office;
mod outlets;
mod proof;
mod reading;
mod receipts;
mod resumed;
mod scanning;
mod second;
mod stories;
mod tidy;
mod wire;
mod year;
