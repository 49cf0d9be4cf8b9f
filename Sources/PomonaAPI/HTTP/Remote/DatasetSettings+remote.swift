public import PomonaDatasets
import PomonaStore

extension DatasetSettings {
    /// Settings of a server: its own blobs are read from the store, other addresses fetched from the hosts it may call.
    public static func server(blobAuthorities: Set<String>, remoteHosts: RemoteHosts) -> DatasetSettings {
        let remote = RemoteContent(hosts: remoteHosts)
        return DatasetSettings(blobAuthorities: blobAuthorities) { address, limit in
            try await remote.open(address) { opened in
                var bytes: [UInt8] = []
                for try await piece in opened.bytes {
                    guard bytes.count + piece.count <= limit else {
                        throw BlobError.tooLarge(address, limit: Int64(limit))
                    }
                    bytes += piece
                }
                return bytes
            }
        }
    }
}
