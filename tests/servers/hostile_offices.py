"""The hostile site's way with what offices put online: any file under any name, and answers that are barely an answer."""

from __future__ import annotations

from tests.servers.hostile import Handler, route

LOGIN = b"""<!DOCTYPE html><html><head><title>Masuk | Portal Data</title></head><body>
<form method="post" action="/masuk"><input name="nama"><input type="password" name="sandi"><button>Masuk</button></form></body></html>"""


@route
def berkas(handler: Handler) -> None:
    """/berkas/<folder>/<name>: what the site has under that path; 404 where it has nothing."""
    made = handler.site.files.get(handler.seen.path)
    handler.say(b"tidak ada", 404) if made is None else handler.say(made())


@route
def login(handler: Handler) -> None:
    """Whoever is not known gets a form, with status 200."""
    handler.say(LOGIN, Content_Type="text/html")


@route
def no_content(handler: Handler) -> None:
    """204: all is well, and nothing comes."""
    handler.head(204)


@route
def not_http(handler: Handler) -> None:
    """Somebody else's service on the port of the web server."""
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")
    handler.hang_up()
