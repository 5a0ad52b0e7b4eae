"""What every area reads: numbers, times, texts, names that are spelt in several ways."""
