import Foundation
import PomonaCore

/// What `--foundation` means: a file, a name, or none.
struct FoundationChoice {
    /// Path of the weights, `nil` to start from nothing.
    let path: String?

    /// - Throws: ``CommandError/noFoundation(_:)``.
    init(_ argument: String?) throws {
        guard let argument else {
            Terminal.warning("training starts from nothing; with --foundation it needs far fewer photos and steps")
            path = nil
            return
        }
        if argument == "none" {
            path = nil
        } else if FileManager.default.fileExists(atPath: argument) {
            path = argument
        } else {
            throw CommandError.noFoundation(argument)
        }
    }
}
