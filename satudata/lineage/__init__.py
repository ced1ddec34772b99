"""From a published cell back to the archived bytes: which row is meant, which accepted rows stand behind it, and what stands in the file."""
