"""What an editor with the YAML language server marks in a file: a client of its protocol, for the tests."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

SETTINGS = {"validate": True, "schemaStore": {"enable": False}}


def marks(server: str, files: Iterable[Path]) -> dict[Path, list[str]]:
    """Return the diagnostics of each file as ``line: message``; `server` is the path of the server's script."""
    command = ["node", server, "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin
        assert process.stdout
        try:
            return _talk(process.stdin, process.stdout, {file.resolve().as_uri(): file for file in files})
        finally:
            process.kill()


def _talk(inlet: IO[bytes], outlet: IO[bytes], files: dict[str, Path]) -> dict[Path, list[str]]:
    capabilities = {"workspace": {"configuration": True}}
    _send(inlet, id=1, method="initialize", params={"processId": None, "rootUri": None, "capabilities": capabilities})
    found: dict[Path, list[str]] = {}
    while len(found) < len(files):
        message = _receive(outlet)
        match message.get("method"):
            case None if message.get("id") == 1:
                _send(inlet, method="initialized", params={})
                for uri, file in files.items():
                    text = {"uri": uri, "languageId": "yaml", "version": 1, "text": file.read_text("utf-8")}
                    _send(inlet, method="textDocument/didOpen", params={"textDocument": text})
            case "workspace/configuration":
                asked = message["params"]["items"]
                answer = [SETTINGS if one.get("section") == "yaml" else {} for one in asked]
                _send(inlet, id=message["id"], result=answer)
            case "textDocument/publishDiagnostics":
                told = message["params"]
                lines = [f"{one['range']['start']['line'] + 1}: {one['message']}" for one in told["diagnostics"]]
                found[files[told["uri"]]] = lines
            case _ if "id" in message and "method" in message:
                _send(inlet, id=message["id"], result=None)
    return found


def _send(inlet: IO[bytes], **message: Any) -> None:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    inlet.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    inlet.flush()


def _receive(outlet: IO[bytes]) -> dict[str, Any]:
    length = 0
    while line := outlet.readline().strip():
        if line.lower().startswith(b"content-length"):
            length = int(line.split(b":")[1])
    message: dict[str, Any] = json.loads(outlet.read(length))
    return message
