"""Commands: one module each, which parses, calls and prints; the work is done below.

A module here registers its function with `@app.command()`, and is thereby a command: there is no
list to keep. Nothing heavy is imported before a command is run, so that `--help` is quick.

    app       the command line: exit codes, errors in one line, the options that commands share
    progress  how much of a batch is done, meanwhile
    damage    results that are not what was written
    unusual   numbers that are seldom meant
"""
