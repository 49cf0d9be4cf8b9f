public import Foundation
import PomonaCore
import PomonaImaging
public import PomonaStore

/// A photo in a form that a browser shows.
public struct PhotoView: Sendable {
    public var bytes: Data
    public var mediaType: String
}

extension DatasetService {
    /// Long sides of thumbnails, in pixels.
    public static let thumbnailSides = [256, 512]

    /// A small picture of a photo, made once.
    ///
    /// - Parameter side: the most pixels of its long side.
    /// - Throws: `ImagingError` for a photo that cannot be decoded.
    public func thumbnail(of item: BlobItem, side: Int) async throws -> PhotoView {
        let bytes = try await store.derived.bytes(of: item.sha256, variant: "thumbnail-\(side)") { [store] in
            try await Self.scaled(item, side: side, quality: 80, store)
        }
        return PhotoView(bytes: bytes, mediaType: PhotoFormat.jpeg.mediaType)
    }

    /// The next larger of the sides that photos are kept in: every side a browser might ask for would be a file of its own.
    public static func imageSide(atLeast side: Int) -> Int {
        var kept = 256
        while kept < side { kept *= 2 }
        return kept
    }

    /// A photo upright in sRGB.
    ///
    /// - Parameter side: the most pixels of its long side; `nil` for its own.
    /// - Throws: `ImagingError` for a photo that cannot be decoded.
    public func image(of item: BlobItem, side: Int?) async throws -> PhotoView {
        let path = try await store.blobs.localFile(of: item.address)
        let name = item.address.name
        let header = try await PhotoThreads.run { try Self.decoder.probe(path: path, named: name) }
        let isShown = [.jpeg, .png, .gif, .webp].contains(header.format) && header.orientation == 1
        let isSmall = side.map { max(header.size.width, header.size.height) <= $0 } ?? true
        if isShown, isSmall {
            let bytes = try await PhotoThreads.run { try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe) }
            return PhotoView(bytes: bytes, mediaType: header.format.mediaType)
        }
        let bytes = try await store.derived.bytes(of: item.sha256, variant: "image-\(side.map(String.init) ?? "full")")
        {
            [store] in
            try await Self.scaled(item, side: side ?? 65_000, quality: 90, store)
        }
        return PhotoView(bytes: bytes, mediaType: PhotoFormat.jpeg.mediaType)
    }

    private static let decoder = ImageDecoder(limits: ImageLimits(bytes: 256 << 20))

    private static func scaled(_ item: BlobItem, side: Int, quality: Int, _ store: Store) async throws -> Data {
        let path = try await store.blobs.localFile(of: item.address)
        let name = item.address.name
        return try await PhotoThreads.run {
            let photo = try decoder.decode(
                path: path, named: name, fittingWithin: ImageSize(width: side, height: side))
            return Data(try photo.image.encoded(as: .jpeg(quality: quality)))
        }
    }
}
