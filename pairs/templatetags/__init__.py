"""What the pages of a run draw fifty times over: done here, because a template takes many times as long."""
