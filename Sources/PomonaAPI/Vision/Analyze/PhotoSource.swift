import Foundation
import HTTPTypes
import PomonaCore
import PomonaImaging
import PomonaStore

/// Where the photo of a request comes from: its body, or a URL in it.
struct PhotoSource: Sendable {
    /// Azure's limits: bytes of a photo, and pixels along each of its sides.
    static let maximumLength = 20 * 1024 * 1024
    static let sideRange = 50...16_000

    private let store: Store
    private let remote: RemoteContent
    private let reader: OwnBlobReader

    init(store: Store, settings: VisionAPISettings) {
        self.store = store
        remote = RemoteContent(hosts: settings.remoteHosts)
        reader = OwnBlobReader(
            store: store, authorities: settings.blobAuthorities, isOverTLS: settings.isOverTLS)
    }

    /// The bytes of the photo that a request sends or names, which begin as one. Its header is left to whoever looks at
    /// it: reading that is a decoder's work, and the predictor's process does it anyway.
    ///
    /// - Throws: `InvalidRequest`.
    func photo(_ request: VisionRequest) async throws -> [UInt8] {
        let type = request.mediaType ?? "application/octet-stream"
        let bytes: [UInt8]
        switch type {
        case "application/json", "application/json-patch+json", "text/json":
            let object = try await request.object()
            bytes = try await photo(at: try object.required("url", try object.string("url")), request)
        case "multipart/form-data": bytes = try await formPhoto(request)
        case _ where type == "application/octet-stream" || type.hasPrefix("image/"):
            bytes = try await body(request)
        default:
            throw VisionError.invalidRequest(
                "The content type \"\(type.prefix(100))\" is not supported; send a photo as application/octet-stream or "
                    + "image/*, or application/json with a url.", inner: .badArgument, target: "Content-Type")
        }
        guard !bytes.isEmpty else { throw Self.empty }
        do {
            _ = try bytes.withUnsafeBytes { try ImageDecoder().format(of: $0, named: "sent") }
        } catch let error as ImagingError {
            throw Self.refusal(error) ?? error
        }
        return bytes
    }

    private func body(_ request: VisionRequest) async throws -> [UInt8] {
        guard let bytes = try await request.bytes(upTo: Self.maximumLength) else { throw Self.tooLong }
        return bytes
    }

    /// So many bytes a form may have beside its photo.
    private static let maximumFormOverhead = 1 << 20

    /// The first file of a form, or its only part: forms have fields beside the photo.
    private func formPhoto(_ request: VisionRequest) async throws -> [UInt8] {
        guard let bytes = try await request.bytes(upTo: Self.maximumLength + Self.maximumFormOverhead) else {
            throw Self.tooLong
        }
        guard let boundary = request.headers[.contentType].flatMap(Multipart.boundary(inContentType:)),
            let form = Multipart(bytes[...], boundary: boundary),
            let part = form.parts.first(where: \.isFile) ?? (form.parts.count == 1 ? form.parts.first : nil)
        else {
            throw VisionError.invalidRequest("The body is no form with a photo in it.", inner: .badArgument)
        }
        guard part.body.count <= Self.maximumLength else { throw Self.tooLong }
        return Array(part.body)
    }

    /// - Throws: `InvalidRequest` for bytes that are no photo, or one of a size that is not possible.
    func check(_ bytes: [UInt8]) throws {
        guard !bytes.isEmpty else { throw Self.empty }
        do {
            try Self.check(ImageDecoder().probe(bytes, named: "sent").size)
        } catch let error as ImagingError {
            throw Self.refusal(error) ?? error
        }
    }

    /// What a caller is told of a photo that cannot be read; `nil` where something else is at fault.
    ///
    /// A predictor in another process tells by the code alone.
    static func refusal(_ error: any PomonaError) -> (any Error)? {
        guard error.kind == .badData, error.code.hasPrefix("photo") || error.code == "notAPhoto" else { return nil }
        let isAboutSize = ["photoEmpty", "photoTooManyBytes", "photoTooLarge"].contains(error.code)
        return VisionError.invalidRequest(
            error.message, inner: isAboutSize ? .invalidImageSize : .invalidImageFormat)
    }

    /// - Throws: `InvalidRequest` for a photo whose size Azure does not take.
    static func check(_ size: ImageSize) throws {
        guard Self.sideRange.contains(size.width), Self.sideRange.contains(size.height) else {
            throw VisionError.invalidRequest(
                "The photo is \(size) pixels; each side may have \(Self.sideRange.lowerBound) to "
                    + "\(Self.sideRange.upperBound).", inner: .invalidImageSize)
        }
    }

    // MARK: URLs

    /// The blob of this server that a URL names, `nil` for URLs elsewhere.
    func ownBlob(_ text: String) -> BlobAddress? {
        reader.blobs.target(of: text)?.blobAddress
    }

    /// Reads what a URL names: a blob of this server as its group's own, by a signature in the URL or because everybody
    /// may; anything else from the hosts that the settings allow.
    func photo(at text: String, _ request: VisionRequest) async throws -> [UInt8] {
        do {
            if let blob = ownBlob(text) { return try await read(blob, text, request) }
            return try await remote.open(text) { opened in
                if let length = opened.length, length > Self.maximumLength { throw Self.tooLong }
                var bytes: [UInt8] = []
                for try await piece in opened.bytes {
                    guard bytes.count + piece.count <= Self.maximumLength else { throw Self.tooLong }
                    bytes.append(contentsOf: piece)
                }
                return bytes
            }
        } catch let error as VisionError {
            throw error
        } catch let error as any PomonaError where error.kind != .internal && error.kind != .resource {
            throw VisionError.invalidRequest(
                "The image URL is not accessible: \(error.description)", inner: .invalidImageURL, target: "url")
        }
    }

    private func read(_ blob: BlobAddress, _ text: String, _ request: VisionRequest) async throws -> [UInt8] {
        let accounts = try await store.catalog.accounts(in: request.resource.group)
        if !accounts.contains(where: { $0.name == blob.container.account }), let url = RemoteURL(text) {
            try await reader.authorize(url, from: request.remoteAddress)
        }
        let reading = try await store.blobs.read(blob)
        guard reading.blob.length <= Self.maximumLength else { throw Self.tooLong }
        return try await reading.bytes.collected(upTo: Self.maximumLength)
    }

    private static let empty = VisionError.invalidRequest("The photo has no bytes.", inner: .invalidImageSize)

    private static let tooLong = VisionError.invalidRequest(
        "The photo has more than \(maximumLength) bytes.", inner: .invalidImageSize)
}

extension Multipart.Part {
    /// Whether it is a file rather than a field of a form.
    fileprivate var isFile: Bool {
        if header("content-type")?.lowercased().hasPrefix("image/") == true { return true }
        return header("content-disposition")?.lowercased().contains("filename") == true
    }
}
