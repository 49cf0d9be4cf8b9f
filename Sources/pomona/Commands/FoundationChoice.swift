import Foundation
import PomonaCore
import PomonaFoundations

/// What `--foundation` means: a file, a name, none, or by default the one that is shipped.
struct FoundationChoice {
    /// Path of the weights, `nil` to start from nothing.
    let path: String?

    /// - Throws: ``FoundationError/unknown(name:known:)``.
    init(_ argument: String?) throws {
        let library = FoundationLibrary()
        switch argument {
        case "none": path = nil
        case let name?: path = try library.path(of: name)
        case nil:
            path = library.shipped
            if path == nil {
                Terminal.warning(
                    "the shipped foundation is missing, training starts from nothing; "
                        + "with --foundation it needs far fewer photos and steps")
            }
        }
    }
}
