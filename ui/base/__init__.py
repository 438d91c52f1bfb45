"""What every panel needs: translation, small widgets, messages, charts, help."""
