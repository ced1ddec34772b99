"""A group of commands whose list says each one's first sentence to its end: click cuts it at the width of the screen, often before the verb's object."""

from __future__ import annotations

import click

LONGEST = 500


class WholeList(click.Group):
    """A group that lists its commands with whole sentences, over several lines where they need them."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands; hidden ones are left out."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, command.get_short_help_str(LONGEST)) for name, command in commands if command is not None and not command.hidden]
        if rows:
            with formatter.section("Perintah"):
                formatter.write_dl(rows)
