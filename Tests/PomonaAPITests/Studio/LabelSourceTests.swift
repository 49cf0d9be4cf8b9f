import Foundation
import NIOHTTP1
import PomonaAPI
import PomonaDatasets
import PomonaStore
import Testing

@Suite("Where labels and their photos come from")
struct LabelSourceTests {
    @Test("photos that are named by an address elsewhere are taken from the container, and the report counts them")
    func elsewhere() async throws {
        try await withStudio { studio in
            let container = try await studio.container()
            let path = "/datasets/\(try await studio.dataset(in: container))"
            let text = String(decoding: TestLabels.sound, as: UTF8.self)
                .replacing(
                    #""file_name":"a.jpg""#,
                    with: #""file_name":"a.jpg","coco_url":"https://photos.example/orchard/a.jpg""#)
            let sent = try await studio.send(
                .POST, "/api/v1\(path)/coco-uploads", body: Array(text.utf8), headers: ["X-Pomona-Name": "far.json"])
            let source: TestJSON = ["source": ["type": "upload", "uploadID": sent.json["uploadID"]]]
            let check = try await studio.post(path + "/coco-files:check", source)
            #expect(check.json["photos"]["takenFromContainer"].number == 1, "\(check)")
            #expect(check.json["photos"]["found"].number == 3)
            let added = try await studio.post(path + "/coco-files", source)
            #expect(added.json["report"]["photos"]["takenFromContainer"].number == 1, "\(added)")
            #expect(added.json["dataset"]["labeledPhotoCount"].number == 2)
        }
    }

    /// A dataset whose labels lie at an address.
    private func dataset(_ address: String, in store: Store, _ account: StorageAccount) async throws -> Dataset {
        let container = ContainerAddress(account: account.name, name: "photos")
        try await store.blobs.createContainer(container, metadata: [:], publicAccess: .none)
        return try await store.catalog.createDataset(
            NewDataset(name: "far", kind: .objectDetection, container: container, cocoFiles: [address]),
            in: account.group)
    }

    @Test(
        "Label files are fetched from the hosts that the server allows and from no others, never from private addresses",
        arguments: [
            ("https://labels.example/labels.json", "not among the hosts"),
            ("http://127.0.0.1:9/labels.json", "of this machine"),
        ])
    func refused(_ address: String, _ words: String) async throws {
        try await withStore { store, account in
            let service = DatasetService(
                store: store,
                settings: .server(store: store, blobAuthorities: [], remoteHosts: RemoteHosts(["127.0.0.1:9"])))
            let dataset = try await dataset(address, in: store, account)
            let error = await #expect(throws: DatasetError.self) { try await service.labelFile(address, of: dataset) }
            #expect(error?.message.contains(words) == true, "\(String(describing: error))")
        }
    }

    @Test("What was fetched is read as any label file is, up to the same length")
    func fetched() async throws {
        try await withStore { store, account in
            let address = "https://labels.example/labels.json"
            let dataset = try await dataset(address, in: store, account)
            let limit = 100_000
            let settings = DatasetSettings(
                fetch: { asked, most in
                    #expect(asked == address && most == limit)
                    return TestLabels.sound
                }, labelFileLimit: limit)
            let report = try await DatasetService(store: store, settings: settings).report(on: dataset)
            // It was read: its three photos are looked for, in a container that has none.
            #expect(report.photos.missing == ["a.jpg", "b.jpg", "c.jpg"], "\(report)")
        }
    }

    @Test("A number of steps is taken into the training, and one that cannot be is refused")
    func steps() async throws {
        try await withStudio { studio in
            let container = try await studio.container()
            let blob = try #require(
                try await studio.upload("labels.json", TestLabels.sound, to: container, type: "application/json").id)
            let dataset = try await studio.dataset(in: container)
            try await studio.post(
                "/datasets/\(dataset)/coco-files", ["source": ["type": "blob", "blobID": .text(blob)]])
            func train(_ name: String, steps: Int) async throws -> StudioAnswer {
                try await studio.post(
                    "/groups/\(studio.group)/models",
                    [
                        "name": .text(name), "kind": "detector", "trainingDatasetIDs": [.text(dataset)],
                        "budgetSeconds": 3_600, "steps": .number(Double(steps)),
                    ])
            }
            let refused = try await train("none", steps: 0)
            #expect(refused.status == 422 && refused.field == "steps", "\(refused)")
            let made = try await train("few", steps: 20)
            #expect(made.status == 201, "\(made)")
            let jobs = try await studio.store.catalog.jobs(in: nil, states: [.queued], skip: 0, limit: 10).jobs
            #expect(jobs.contains { $0.payload.contains(#""steps":20"#) }, "\(jobs)")
        }
    }
}
