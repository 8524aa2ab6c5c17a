"""The commands, one file each: parse options, call a public function, print."""
