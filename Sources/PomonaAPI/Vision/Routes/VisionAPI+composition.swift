import HTTPTypes
import Hummingbird
import NIOCore
import PomonaCore
import PomonaImaging
import PomonaStore

extension VisionAPI {
    /// Turns the part of a photo that four corners bound until it is seen from straight in front.
    func rectify(_ request: VisionRequest) async throws -> Response {
        let body = try await request.object()
        let url = try body.required("url", try body.string("url"))
        let points = try body.required("controlPoints", try body.object("controlPoints"))
        let shares = try ["topLeft", "topRight", "bottomRight", "bottomLeft"].map { key in
            let point = try points.required(key, try points.object(key))
            return Quadrilateral.Point(
                x: try point.required("x", try point.number("x", in: 0...1)),
                y: try point.required("y", try point.number("y", in: 0...1)))
        }
        let bytes = try await photos.photo(at: url, request)
        try photos.check(bytes)
        return Self.jpeg(try await Self.rectified(bytes, shares, points))
    }

    /// Decoding and warping block their thread, so they do not run where requests are served.
    @concurrent private static func rectified(
        _ bytes: [UInt8], _ shares: [Quadrilateral.Point], _ points: JSONObject
    ) async throws -> [UInt8] {
        let image: RGBImage
        do {
            image = try ImageDecoder().decode(bytes, named: "sent").image
        } catch let error as ImagingError where error.kind == .badData {
            throw VisionError.invalidRequest(error.message, inner: .invalidImageFormat)
        }
        let corners = shares.map { share in
            Quadrilateral.Point(x: share.x * Double(image.width), y: share.y * Double(image.height))
        }
        let shape = Quadrilateral(
            topLeft: corners[0], topRight: corners[1], bottomRight: corners[2], bottomLeft: corners[3])
        guard shape.isConvex else {
            throw points.wrong(
                "topLeft", found: "no corner of a convex shape",
                expected: "the first of four corners in clockwise order"
            )
        }
        return try image.rectified(shape, to: shape.rectifiedSize).encoded(as: .jpeg())
    }

    /// Makes one picture of photos that overlap.
    func stitch(_ request: VisionRequest) async throws -> Response {
        let body = try await request.object()
        let urls = try body.required("images", try body.strings("images"))
        guard (2...20).contains(urls.count) else {
            throw body.wrong("images", found: "\(urls.count) URLs", expected: "2 to 20")
        }
        var images: [RGBImage] = []
        for (index, url) in urls.enumerated() {
            let bytes = try await photos.photo(at: url, request)
            try photos.check(bytes)
            images.append(try await Self.decoded(bytes, "images[\(index)]", sharing: urls.count))
        }
        return Self.jpeg(try await Self.stitched(images))
    }

    /// So many pixels all photos of one picture may have together while it is made.
    private static let stitchedArea = 48_000_000

    @concurrent private static func decoded(
        _ bytes: [UInt8], _ name: String, sharing count: Int
    ) async throws -> RGBImage {
        let side = Int((Double(stitchedArea) / Double(count)).squareRoot())
        do {
            return try ImageDecoder().decode(
                bytes, named: name, fittingWithin: ImageSize(width: side, height: side)
            ).image
        } catch let error as ImagingError where error.kind == .badData {
            throw VisionError.invalidRequest(error.message, inner: .invalidImageFormat, target: name)
        }
    }

    @concurrent private static func stitched(_ images: [RGBImage]) async throws -> [UInt8] {
        do { return try PhotoStitcher().stitch(images).encoded(as: .jpeg()) } catch let error as StitchError {
            throw VisionError.invalidRequest("\(error)", inner: .notSupportedImage)
        }
    }

    /// The sample client compares the type as a whole, so it comes without parameters.
    private static func jpeg(_ bytes: [UInt8]) -> Response {
        Response(
            status: .ok, headers: [.contentType: "image/jpeg"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
