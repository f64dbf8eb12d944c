"""One vendor a file or folder: what fulfils the Protocols of `copilot.ports`."""
