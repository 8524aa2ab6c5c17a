"""What Java does with numbers, text, dates, patterns and chance, where a plan can tell. Imports nothing of ours."""
