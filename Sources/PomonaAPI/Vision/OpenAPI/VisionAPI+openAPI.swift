import HTTPTypes
import Hummingbird
import NIOCore

extension VisionAPI {
    /// The OpenAPI document of this API, as JSON. It is open to everybody: it says nothing of what the server holds.
    static let openAPIDocument: [UInt8] = PackageResources.openapi_json

    static func openAPI() -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: openAPIDocument)))
    }
}
