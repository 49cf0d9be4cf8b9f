import HTTPTypes
import Hummingbird
import PomonaCore

extension StudioAPI {
    static let aboutRoutes: [StudioRoute] = [
        StudioRoute(.get, "/about") { api, _ in try await api.about() },
        StudioRoute(.get, "/doctor") { api, _ in
            struct Answer: Encodable { var checks: [MachineCheck] }
            return try StudioJSON.response(Answer(checks: try await api.machine.doctor()))
        },
    ]

    private func about() async throws -> Response {
        struct Endpoints: Encodable {
            var studio: String
            var vision: String
            var blob: String
        }
        struct Answer: Encodable {
            var version: String
            var platform: String
            var dataFolder: String
            var dataBytes: Int64
            var freeBytes: Int64
            var device: MachineReport.Device
            var components: [MachineReport.Component]
            var endpoints: Endpoints
        }
        let report = try await machine.about()
        return try StudioJSON.response(
            Answer(
                version: ProgramVersion.current, platform: report.platform, dataFolder: report.dataFolder,
                dataBytes: report.dataBytes, freeBytes: report.freeBytes, device: report.device,
                components: report.components,
                endpoints: Endpoints(
                    studio: settings.studioEndpoint, vision: settings.studioEndpoint, blob: settings.blobEndpoint)))
    }
}
