import ArgumentParser
import Foundation
import Logging
import PomonaStore

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Start the studio, the Vision API and the Blob API on this machine.",
        discussion: "Nothing outside of this machine can reach it unless --host says so.")

    @Option(help: "The folder that holds everything; made where there is none.")
    var data: String?

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port of the studio and of the Vision API; 0 takes a free one.")
    var port = 8080

    @Option(help: "The port of the Blob API; 0 takes a free one.")
    var blobPort = 10000

    @Option(help: "A certificate chain in PEM, to serve over TLS.")
    var tlsCertificate: String?

    @Option(help: "Its private key in PEM.")
    var tlsKey: String?

    @Option(
        help:
            "The host name by which others reach this server; may be repeated, and addresses are shown with the first.")
    var name: [String] = []

    @Option(
        help: "A host from which photos and label files may be fetched by URL, such as *.example.org; may be repeated.")
    var remoteHost: [String] = []

    @Option(help: "A model file that knows common objects, for calls that name no model.")
    var builtInModel: String?

    @Option(help: "Weights to start trainings from unless another foundation is chosen.")
    var foundation: String?

    @Flag(help: "Open the account of UseDevelopmentStorage=true, whose key everybody knows, to this machine.")
    var developmentAccount = false

    @Option(help: "What is logged: info has refused requests too, debug every request.")
    var logLevel = LogLevel.info

    @Flag(help: "Print one JSON object with addresses and keys when the server accepts requests.")
    var json = false

    func validate() throws {
        for (name, port) in [("--port", port), ("--blob-port", blobPort)] where !(0...65_535).contains(port) {
            throw ValidationError("\(name) must be 0...65535, found \(port).")
        }
    }

    func run() async throws {
        MemoryArenas.limit(to: 2)
        guard (tlsCertificate == nil) == (tlsKey == nil) else { throw HouseError.tlsIncomplete }
        let options = HouseOptions(
            dataFolder: DataFolder(DataFolderChoice(data).url), host: HouseAddresses.unbracketed(host), port: port,
            blobPort: blobPort, names: name.map { $0.lowercased() },
            tls: tlsCertificate.flatMap { chain in tlsKey.map { (chain: chain, key: $0) } },
            remoteHosts: Set(remoteHost), builtInModel: builtInModel, foundation: foundation,
            allowsDevelopmentAccount: developmentAccount, logLevel: logLevel.level)
        let house = try House(options)
        try await house.serve { announcement, _ in
            if json {
                try? Terminal.json(announcement)
            } else {
                Terminal.print(announcement.text)
            }
        }
    }
}

/// How much is logged.
enum LogLevel: String, CaseIterable, ExpressibleByArgument {
    case error, warning, info, debug, trace

    var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}

/// Which data folder is meant: the one named, that of `POMONA_DATA`, or the person's own.
struct DataFolderChoice {
    let url: URL

    init(_ named: String?) {
        let environment = ProcessInfo.processInfo.environment
        if let named = named ?? environment["POMONA_DATA"], !named.isEmpty {
            url = URL(filePath: named, directoryHint: .isDirectory)
        } else {
            let home =
                environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory() + "/.local/share"
            url = URL(filePath: home, directoryHint: .isDirectory).appending(path: "pomona")
        }
    }
}
