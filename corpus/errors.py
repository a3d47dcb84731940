"""What can go wrong through no fault of ours, told to the user in Chinese.

UserError                 the command or page shows str(error) and stops; nothing was half done
├── BadDocument           a file that cannot be read as a plan (empty, encrypted, scanned, too large …)
├── BadRequest            a value the user gave is outside what is possible (year, type, period, date …)
├── NotInLibrary          an id that the library does not hold
├── LibraryProblem        a library file that cannot be opened: damaged, locked, foreign, newer
├── IndexProblem          no index, a damaged one, or one made by another embedder
└── ServiceProblem        a port, server or language model that does not answer

Every message says what is wrong, quotes the value, and names the next step. Bugs of ours raise ValueError.
"""


class UserError(Exception):
    """A problem the user can solve; the message is Chinese and ready to show."""


class BadDocument(UserError):
    """A file that cannot be read as a plan."""


class BadRequest(UserError):
    """A value outside what is possible."""


class NotInLibrary(UserError):
    """An id the library does not hold."""


class LibraryProblem(UserError):
    """The library's file cannot be opened."""


class IndexProblem(UserError):
    """The index is absent, damaged, or was made by another embedder."""


class ServiceProblem(UserError):
    """A port, server or model that does not answer."""
