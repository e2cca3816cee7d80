"""The authority of the cluster's own parts, and the files by which they know each other."""

import json
from pathlib import Path

from cluster.commands import run
from cluster.places import NAMESPACE


class Authority:
    """Signs certificates that hold for a day, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        for name in ("ca", "front-proxy-ca"):
            run(
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
                *("-keyout", folder / f"{name}.key", "-out", folder / f"{name}.crt"),
                *("-subj", f"/CN={name}"),
            )
        run("openssl", "genrsa", "-out", folder / "accounts.key", "2048")
        run(
            *("openssl", "rsa", "-in", folder / "accounts.key", "-pubout"),
            *("-out", folder / "accounts.pub"),
        )

    def path(self, name: str) -> Path:
        return self.folder / name

    def sign(self, name: str, subject: str, names: str = "", *, authority: str = "ca") -> None:
        """Writes NAME.key and NAME.crt; `names` are its subject alternative names, as openssl writes them."""
        request, extensions = self.path(f"{name}.csr"), self.path(f"{name}.ext")
        usage = "serverAuth,clientAuth" if names else "clientAuth"
        alternative = f"subjectAltName={names}\n" if names else ""
        extensions.write_text(f"{alternative}extendedKeyUsage={usage}\n")
        run(
            *("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", subject),
            *("-keyout", self.path(f"{name}.key"), "-out", request),
        )
        run(
            *("openssl", "x509", "-req", "-in", request, "-days", "1", "-CAcreateserial"),
            *("-CA", self.path(f"{authority}.crt"), "-CAkey", self.path(f"{authority}.key")),
            *("-extfile", extensions, "-out", self.path(f"{name}.crt")),
        )

    def kubeconfig(self, name: str, server: str) -> Path:
        """Writes how the one of that name calls the server, and returns the file."""
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [
                {
                    "name": "test",
                    "cluster": {
                        "server": server,
                        "certificate-authority": str(self.path("ca.crt")),
                    },
                }
            ],
            "users": [
                {
                    "name": name,
                    "user": {
                        "client-certificate": str(self.path(f"{name}.crt")),
                        "client-key": str(self.path(f"{name}.key")),
                    },
                }
            ],
            "contexts": [
                {
                    "name": "test",
                    "context": {"cluster": "test", "user": name, "namespace": NAMESPACE},
                }
            ],
            "current-context": "test",
        }
        file = self.path(f"{name}.kubeconfig")
        file.write_text(json.dumps(config, indent=2))
        return file
