import HTTPTypes
import Hummingbird
import PomonaStore

extension BlobAPI {
    func listContainers(_ call: BlobCall) async throws -> Response {
        let query = call.request.query
        let options = try ListOptions(query, includes: ["metadata", "deleted", "system"])
        let page = try await store.containers(
            ofAccount: call.request.target.account, prefix: options.prefix, marker: options.marker,
            maximumCount: options.maximumCount)
        return Self.xml(ListDocuments.containers(page, options, endpoint: endpoint(call)))
    }

    /// This server keeps none of the service's settings but who may call it from web pages.
    func serviceProperties() -> Response {
        var xml = XMLWriter()
        let off: (inout XMLWriter) -> Void = { $0.element("Enabled", "false") }
        xml.element("StorageServiceProperties") { xml in
            xml.element("Logging") { xml in
                xml.element("Version", "1.0")
                for name in ["Delete", "Read", "Write"] { xml.element(name, "false") }
                xml.element("RetentionPolicy", content: off)
            }
            for name in ["HourMetrics", "MinuteMetrics"] {
                xml.element(name) { xml in
                    xml.element("Version", "1.0")
                    xml.element("Enabled", "false")
                    xml.element("RetentionPolicy", content: off)
                }
            }
            xml.element("Cors") { xml in
                for origin in settings.allowedOrigins.sorted() {
                    xml.element("CorsRule") { xml in
                        xml.element("AllowedOrigins", origin)
                        xml.element("AllowedMethods", "GET,HEAD,PUT,POST,DELETE")
                        xml.element("AllowedHeaders", "*")
                        xml.element("ExposedHeaders", "*")
                        xml.element("MaxAgeInSeconds", "3600")
                    }
                }
            }
            xml.element("DefaultServiceVersion", Self.version)
            xml.element("DeleteRetentionPolicy", content: off)
            xml.element("StaticWebsite", content: off)
        }
        return Self.xml(xml.text)
    }

    func accountInformation() -> Response {
        var headers = HTTPFields()
        headers.set("x-ms-sku-name", "Standard_LRS")
        headers.set("x-ms-account-kind", "StorageV2")
        headers.set("x-ms-is-hns-enabled", "false")
        return Response(status: .ok, headers: headers)
    }

    /// The account's URL as the client knows it.
    func endpoint(_ call: BlobCall) -> String {
        let scheme = settings.isOverTLS ? "https" : "http"
        let authority = call.request.authority ?? ""
        let account = call.request.target.account
        return authority.hasPrefix("\(account).") ? "\(scheme)://\(authority)/" : "\(scheme)://\(authority)/\(account)/"
    }
}
