def third_party(*names):
    """Selectors of requirements in the one resolve of our code, for visibility rules."""
    return [f"//3rdparty/python/default#{name}" for name in names]


# The caches of modules and builds are Go's own, outside the sandbox; the rest is for a network behind a proxy. One set of
# flags for all commands, so that they share what is built.
GO_ENV = (
    "CGO_ENABLED=0",
    "GOCACHE",
    "GOFLAGS=-trimpath -buildvcs=false",
    "GOMODCACHE",
    "GOPROXY",
    "GOSUMDB",
    "HOME",
    "HTTPS_PROXY",
    "NO_PROXY",
)


def go_program(name, program, package, sources):
    """A program in Go, of the package, in the file `program`."""
    shell_command(  # noqa: F821
        name=name,
        command=f"go build -o {program} {package}",
        tools=["go"],
        extra_env_vars=GO_ENV,
        execution_dependencies=sources,
        output_files=[program],
        timeout=900,
    )
