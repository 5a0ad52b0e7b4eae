"""What leaves the tool: texts that are harmless wherever they are shown, and files that overwrite nobody's."""
