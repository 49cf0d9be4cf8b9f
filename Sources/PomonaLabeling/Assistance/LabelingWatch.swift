public import Logging
import PomonaStore

extension LabelingService {
    /// Lets new photos of containers join, and starts experiments by themselves, until the task is cancelled. The server
    /// runs it beside everything else.
    public func run(logger: Logger) async {
        let ticks = catalog.changes.ticks()
        var last = catalog.changes.newest
        await lookAtAll(logger)
        for await _ in ticks {
            // Twenty people save fifty times a second, and nobody waits for what is done here.
            do { try await Task.sleep(for: .milliseconds(500)) } catch { return }
            guard let changes = catalog.changes.changes(after: last) else {
                last = catalog.changes.newest
                await lookAtAll(logger)
                continue
            }
            guard let newest = changes.last?.number else { continue }
            last = newest
            var (containers, projects) = (Set<Int64>(), Set<Int64>())
            for change in changes where !change.subject.isDeleted {
                switch change.subject.table {
                case "container": containers.insert(change.subject.row)
                case "project": projects.insert(change.subject.row)
                default: break
                }
            }
            for row in containers.sorted() { await followContainer(BlobContainer.ID(rawValue: row), logger) }
            for row in projects.sorted() { await startIfDue(LabelingProject.ID(rawValue: row), logger) }
        }
    }

    /// At the start, and where so much changed that the feed forgot some.
    private func lookAtAll(_ logger: Logger) async {
        do {
            for project in try await catalog.projects() {
                if project.settings.takesNewPhotos { try await takePhotos(into: project) }
                await startIfDue(project.id, logger)
            }
        } catch {
            logger.error("Labeling projects could not be looked at", metadata: ["error": "\(error)"])
        }
    }

    private func followContainer(_ container: BlobContainer.ID, _ logger: Logger) async {
        do {
            for project in try await catalog.projects(taking: container) { try await takePhotos(into: project) }
        } catch {
            logger.error("New photos could not join", metadata: ["container": "\(container)", "error": "\(error)"])
        }
    }

    private func startIfDue(_ project: LabelingProject.ID, _ logger: Logger) async {
        do {
            try await startExperimentsIfDue(of: project)
        } catch StoreError.missing {
            // It went into the trash meanwhile.
        } catch {
            logger.error("An experiment could not start", metadata: ["project": "\(project)", "error": "\(error)"])
        }
    }
}
