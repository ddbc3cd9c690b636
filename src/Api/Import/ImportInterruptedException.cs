namespace Api.Import;

/// <summary>The database went away during a commit: the same import again finishes the rest with no row
/// twice.</summary>
public sealed class ImportInterruptedException()
    : Exception(
        "The database went away while rows were being written. Run the same import again: what was recorded is known, nothing is recorded twice."
    );
