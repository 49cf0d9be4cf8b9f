import Foundation

/// Finds the weights that a name stands for.
struct FoundationLookup: Sendable {
    /// What is taken where nothing is named; `nil` starts from nothing.
    var standard: String?

    /// - Returns: a path, `nil` to start from nothing.
    /// - Throws: ``HouseError/foundationMissing(_:)``.
    func path(of name: String?) throws -> String? {
        guard let name else { return standard }
        if name == "none" { return nil }
        guard FileManager.default.fileExists(atPath: name) else { throw HouseError.foundationMissing(name) }
        return name
    }
}
