public import Foundation

/// Everything of one undertaking; deleting it deletes all it holds.
public struct ResourceGroup: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<ResourceGroup>

    public var id: ID
    public var name: String
    public var createdAt: Date

    /// Since when it is being deleted; nothing can be made in it or read from its account any more.
    public var deletingSince: Date?

    public init(id: ID, name: String, createdAt: Date, deletingSince: Date? = nil) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
        self.deletingSince = deletingSince
    }
}

/// What programs call a group's models through; each of its keys opens all of the group's models.
public struct VisionResource: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<VisionResource>

    public var id: ID
    public var group: ResourceGroup.ID
    public var name: String

    /// Two, so that one can be changed while the other is in use; 32 hexadecimal digits each.
    public var keys: KeyPair

    /// The model that answers calls which name none; `nil` for the built-in one.
    public var defaultModel: Model.ID?
    public var createdAt: Date

    public init(
        id: ID, group: ResourceGroup.ID, name: String, keys: KeyPair, defaultModel: Model.ID?, createdAt: Date
    ) {
        self.id = id
        self.group = group
        self.name = name
        self.keys = keys
        self.defaultModel = defaultModel
        self.createdAt = createdAt
    }
}

/// What photos lie in: containers of blobs, opened by either key.
public struct StorageAccount: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<StorageAccount>

    public var id: ID
    public var group: ResourceGroup.ID

    /// 3 to 24 lower-case letters and digits, unique on the whole server: it is the first part of every blob's URL.
    public var name: String

    /// 64 bytes in base64 each.
    public var keys: KeyPair
    public var createdAt: Date

    public init(id: ID, group: ResourceGroup.ID, name: String, keys: KeyPair, createdAt: Date) {
        self.id = id
        self.group = group
        self.name = name
        self.keys = keys
        self.createdAt = createdAt
    }
}

/// Two keys of equal right. They never appear in a description, so that no log shows them by accident.
public struct KeyPair: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// One of the two.
    public enum Slot: String, Codable, Sendable, CaseIterable {
        case key1
        case key2
    }

    public var key1: String
    public var key2: String

    public init(key1: String, key2: String) {
        self.key1 = key1
        self.key2 = key2
    }

    public subscript(slot: Slot) -> String { slot == .key1 ? key1 : key2 }

    public var description: String { "two keys" }
    public var debugDescription: String { description }
}
