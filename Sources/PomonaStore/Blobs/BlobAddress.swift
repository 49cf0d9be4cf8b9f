/// Where a container lies: `/<account>/<container>` on the blob endpoint.
public struct ContainerAddress: Hashable, Sendable, CustomStringConvertible {
    /// Name of the storage account; unique on the whole server, because it is the first part of every blob's URL.
    public var account: String
    public var name: String

    public init(account: String, name: String) {
        self.account = account
        self.name = name
    }

    public var description: String { "\(account)/\(name)" }
}

/// Where a blob lies: `/<account>/<container>/<blob>` on the blob endpoint.
public struct BlobAddress: Hashable, Sendable, CustomStringConvertible {
    public var container: ContainerAddress

    /// The decoded name, 1 to 1,024 characters; slashes are ordinary characters of it. Names are compared byte by byte in
    /// UTF-8, so two spellings of one accented letter are two blobs, as they are in Azure.
    public var name: String

    public init(container: ContainerAddress, name: String) {
        self.container = container
        self.name = name
    }

    public var description: String { "\(container)/\(name)" }
}
