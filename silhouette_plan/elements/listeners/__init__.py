"""Listeners of the plan: files of samples, files of responses, and the summary's lines."""
