"""What one would use instead of the parser: general libraries, and a script written in an hour."""
