"""The program: what the compiler makes of a plan and the engine runs. Contracts and data, no behaviour of elements."""
