import Foundation
import PomonaCore

/// All foundations a machine can use: the shipped one, those on the shelf, and those that could be pulled.
public struct FoundationLibrary: Sendable {
    public let shelf: FoundationShelf
    /// Path of the shipped foundation, `nil` where it is missing.
    public let shipped: String?

    public init(shelf: FoundationShelf = .standard(), shipped: String? = ShippedFoundation.path()) {
        self.shelf = shelf
        self.shipped = shipped
    }

    /// Path of the weights behind a name or a path.
    ///
    /// - Throws: ``FoundationError/unknown(name:known:)``, with what is known to this machine.
    public func path(of nameOrPath: String) throws -> String {
        if nameOrPath == ShippedFoundation.name, let shipped { return shipped }
        if let path = shelf.path(of: nameOrPath) { return path }
        if FileManager.default.fileExists(atPath: nameOrPath) { return nameOrPath }
        throw FoundationError.unknown(name: nameOrPath, known: usable)
    }

    /// The names that can be used without a network.
    public var usable: [String] { (shipped == nil ? [] : [ShippedFoundation.name]) + shelf.names }
}
