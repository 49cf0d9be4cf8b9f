import Logging
import PomonaStore

/// How a server is to be.
struct HouseOptions: Sendable {
    var dataFolder: DataFolder
    /// What is listened on, without brackets.
    var host: String
    /// 0 takes a free one.
    var port: Int
    var blobPort: Int
    /// Host names by which others reach it, in lower case; the first is the one that is shown.
    var names: [String]
    /// Paths of a certificate chain and its key, in PEM.
    var tls: (chain: String, key: String)?
    var remoteHosts: Set<String>
    var builtInModel: String?
    var foundation: String?
    var allowsDevelopmentAccount: Bool
    var logLevel: Logger.Level
    /// Whether commands find it by a card in its folder.
    var leavesCard = true
}

/// What a server says when it accepts requests.
struct HouseAnnouncement: Encodable, Sendable {
    var studio: String
    var signInLink: String
    var visionEndpoint: String
    var visionKey: String
    var blobEndpoint: String
    var accountName: String
    var accountKey: String
    var connectionString: String

    var text: String {
        """
        Pomona is ready. Open this link in a browser; it signs you in once:

            \(signInLink)

        Vision API  \(visionEndpoint)
        Blob API    \(blobEndpoint)
        The keys are shown in the studio. Ctrl-C ends the server; whatever runs goes on at the next start.
        """
    }
}
