public import PomonaDatasets
public import PomonaStore

extension DatasetSettings {
    /// Settings of a server: its own blobs are read from the store, other addresses fetched from the hosts it may call.
    public static func server(
        store: Store, blobAuthorities: Set<String>, remoteHosts: RemoteHosts, isOverTLS: Bool = false
    ) -> DatasetSettings {
        server(
            store: store, blobAuthorities: blobAuthorities, remote: RemoteContent(hosts: remoteHosts),
            isOverTLS: isOverTLS)
    }

    static func server(
        store: Store, blobAuthorities: Set<String>, remote: RemoteContent, isOverTLS: Bool
    ) -> DatasetSettings {
        let reader = OwnBlobReader(store: store, authorities: blobAuthorities, isOverTLS: isOverTLS)
        return DatasetSettings(
            ownBlob: { reader.blobs.target(of: $0)?.blobAddress },
            access: { try await reader.access($0) },
            fetch: { address, limit in
                try await remote.open(address) { opened in
                    var bytes: [UInt8] = []
                    for try await piece in opened.bytes {
                        guard bytes.count + piece.count <= limit else {
                            throw BlobError.tooLarge(RemoteURL.withoutQuery(address), limit: Int64(limit))
                        }
                        bytes += piece
                    }
                    return bytes
                }
            })
    }
}
