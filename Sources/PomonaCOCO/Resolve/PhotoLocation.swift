import Foundation

/// Where a label file says that a photo is.
public enum PhotoLocation: Equatable, Sendable {
    /// An http or https address.
    case web(String)
    /// A place in an Azure ML datastore, `AmlDatastore://<store>/<path>`: only Azure ML can fetch it.
    case datastore(store: String, path: String)
    /// A name, or a path within the folder or container of photos.
    case file(String)

    /// Reads an address as label files have it; `nil` for schemes that lead nowhere (`file:`, `gs:` and so on).
    public init?(address: String) {
        // Bytes, not characters: label files have hundreds of thousands of addresses.
        let text = address.utf8
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), text[colon...].starts(with: "://".utf8) else {
            return nil
        }
        let rest = address[address.index(colon, offsetBy: 3)...]
        switch address[..<colon].lowercased() {
        case "http", "https":
            guard let first = rest.first, first != "/" else { return nil }
            self = .web(address)
        case "amldatastore":
            let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: true)
            guard parts.count == 2 else { return nil }
            self = .datastore(store: String(parts[0]), path: String(parts[1]))
        default: return nil
        }
    }

    /// The path behind the host or store, percent-decoded, without the query; the name itself for a file.
    var decodedPath: String {
        switch self {
        case .file(let name): return name
        case .datastore(_, let path): return path.removingPercentEncoding ?? path
        case .web(let address):
            let end = address.firstIndex { $0 == "?" || $0 == "#" } ?? address.endIndex
            let path = address[..<end].split(separator: "/", omittingEmptySubsequences: true).dropFirst(2)
            let joined = path.joined(separator: "/")
            return joined.removingPercentEncoding ?? joined
        }
    }

    /// The last part of the path: what the photo is called; `nil` where there is none.
    public var lastComponent: String? {
        decodedPath.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init)
    }
}

extension COCOImage {
    /// Where to fetch the photo: `absolute_url` if it is an http(s) address, else such a `coco_url`, else `file_name`,
    /// else a place in a datastore. `nil` if the image has none of them.
    public var location: PhotoLocation? {
        let absolute = absoluteURL.flatMap(PhotoLocation.init(address:))
        if case .web = absolute { return absolute }
        let coco = cocoURL.flatMap(PhotoLocation.init(address:))
        if case .web = coco { return coco }
        if let fileName, !fileName.isEmpty { return .file(fileName) }
        return absolute ?? coco
    }
}
