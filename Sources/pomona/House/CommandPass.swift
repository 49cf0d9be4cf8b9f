import Foundation
import Logging
import PomonaStore
import ServiceLifecycle

/// The session by which commands act as the owner as long as this server runs, and no longer.
struct CommandPass: Service {
    /// A pass that was not withdrawn, because the machine lost its power and the folder was never used again, is worth
    /// nothing after this time.
    private static let lifetime: Duration = .seconds(30 * 86_400)
    private static let renewal: Duration = .seconds(86_400)

    let session: String
    private let store: Store
    private let logger: Logger

    /// Withdraws the pass that a crash left, and makes one.
    init(store: Store, logger: Logger) async throws {
        self.store = store
        self.logger = logger
        if let old = ServerCard.session(in: store.folder.url) { try await store.catalog.signOut(session: old) }
        ServerCard.remove(in: store.folder.url)
        let owner = try await store.catalog.owner()
        let link = try await store.catalog.makeSignInLink(for: owner.id, validFor: .seconds(60))
        session = try await store.catalog.signIn(withLink: link, validFor: Self.lifetime).token
    }

    /// Keeps the pass valid.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            while true {
                do { try await Task.sleep(for: Self.renewal) } catch { return }
                do { try await store.catalog.prolong(session: session, validFor: Self.lifetime) } catch {
                    logger.error("The commands' session was not renewed", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    /// Ends the pass; also where the server's own task is cancelled already.
    func withdraw() async {
        ServerCard.remove(in: store.folder.url)
        await Task { [store, session, logger] in
            do { try await store.catalog.signOut(session: session) } catch {
                logger.error("The commands' session was not ended", metadata: ["error": "\(error)"])
            }
        }.value
    }
}
