"""Pure readers: bytes or text in, records out. No I/O, no clock, no network."""
