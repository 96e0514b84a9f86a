//! Evaluation program.
//! (to be written)
