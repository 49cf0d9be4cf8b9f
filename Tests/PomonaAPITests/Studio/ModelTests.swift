import Foundation
import NIOHTTP1
import PomonaCore
import PomonaEngine
import PomonaEvaluation
import PomonaJobs
import PomonaStore
import Testing

@Suite("Models in the studio")
struct ModelTests {
    /// A dataset with labels.
    private func labelled(_ studio: StudioServer, named name: String = "fruit") async throws -> String {
        let container = try await studio.container(named: name)
        let blob = try #require(
            try await studio.upload("labels.json", TestLabels.sound, to: container, type: "application/json").id)
        let dataset = try await studio.dataset(named: name, in: container)
        let added = try await studio.post(
            "/datasets/\(dataset)/coco-files", ["source": ["type": "blob", "blobID": .text(blob)]])
        #expect(added.status == 201, "\(added)")
        return dataset
    }

    @Test("an estimate says what a training takes and what stands against it")
    func estimate() async throws {
        try await withStudio { studio in
            let dataset = try await labelled(studio)
            let path = "/groups/\(studio.group)/models:estimate"
            let good = try await studio.post(
                path, ["kind": "detector", "trainingDatasetIDs": .list([.text(dataset)]), "foundationID": "orchard"])
            #expect(good.status == 200, "\(good)")
            #expect(good.json["problems"].items.isEmpty)
            #expect(good.json["labeledPhotoCount"].number == 2)
            let least = try #require(good.json["minimumSeconds"].number)
            let expected = try #require(good.json["expectedSeconds"].number)
            #expect(0 < least && least < expected)
            let wrong = try await studio.post(
                path, ["kind": "classifier", "trainingDatasetIDs": .list([.text(dataset)])])
            #expect(wrong.json["problems"][0]["field"].text == "trainingDatasetIDs")
            #expect(try await studio.post(path, ["kind": "detector", "trainingDatasetIDs": []]).status == 422)
            #expect(try await studio.post(path, ["kind": "detector", "trainingDatasetIDs": ["d99"]]).status == 404)
        }
    }

    @Test("a training is queued with frozen data, or refused in words")
    func making() async throws {
        try await withStudio { studio in
            let dataset = try await labelled(studio)
            let path = "/groups/\(studio.group)/models"
            func wish(_ name: String, kind: String = "detector", budget: Int = 3_600) -> TestJSON {
                [
                    "name": .text(name), "kind": .text(kind), "trainingDatasetIDs": .list([.text(dataset)]),
                    "budgetSeconds": .number(Double(budget)), "foundationID": "orchard", "seed": 7,
                ]
            }
            let short = try await studio.post(path, wish("short", budget: 1))
            #expect(short.status == 422)
            #expect(short.code == "notEnoughBudget")
            #expect(short.field == "budgetSeconds")
            for seconds in [1345 * 3_600, Int.max] {
                #expect(try await studio.post(path, wish("endless", budget: seconds)).field == "budgetSeconds")
            }
            #expect(try await studio.post(path, wish("odd", kind: "classifier")).code == "incorrectKind")
            let empty = try await studio.dataset(named: "empty", in: try await studio.container(named: "empty"))
            var nothing = wish("empty")
            if case .object(var members) = nothing {
                members["trainingDatasetIDs"] = .list([.text(empty)])
                nothing = .object(members)
            }
            #expect(try await studio.post(path, nothing).code == "datasetEmpty")
            let made = try await studio.post(path, wish("fruit-detector"))
            #expect(made.status == 201, "\(made)")
            #expect(made.json["status"].text == "notStarted")
            #expect(made.json["labels"] == ["apple", "banana"])
            #expect(made.json["trainingDatasets"][0]["id"].text == dataset)
            #expect(made.json["foundation"]["id"].text == "orchard")
            let twice = try await studio.post(path, wish("fruit-detector"))
            #expect(twice.status == 409)
            #expect(twice.code == "nameTaken")
            let job = try await studio.store.catalog.jobs(in: nil, states: [.queued], before: nil, limit: 10)[0]
            let payload = try job.body(TrainPayload.self)
            #expect(payload.seed == 7)
            #expect(payload.foundation == "orchard")
            #expect(try await studio.store.catalog.revision(payload.trainingRevisions[0]).photoCount == 3)
            let id = try #require(made.id)
            #expect(try await studio.delete("/models/\(id)").status == 409)
            let cancelled = try await studio.post("/models/\(id):cancel")
            #expect(cancelled.status == 202)
            #expect(cancelled.json["status"].text == "cancelled")
            #expect(try await studio.patch("/models/\(id)", ["name": "other"]).json["name"].text == "other")
            #expect(try await studio.delete("/models/\(id)").status == 204)
            #expect(try await studio.get("/models/\(id)").status == 404)
        }
    }

    /// Takes a queued training's place: writes points, a log, figures and a file, as the handler of trainings does.
    private func finishTraining(
        _ studio: StudioServer, of model: Model.ID, evaluatedOn measured: EvaluationResult.Measured = .training
    ) async throws {
        let catalog = studio.store.catalog
        let claim = try #require(
            try await catalog.claimJob(
                kinds: ["training"], places: [:], defaultPlaces: 1, leasedFor: .seconds(60)))
        let point = #"{"step":20,"steps":40,"seconds":2,"imagesPerSecond":80,"secondsLeft":2,"losses":{"box":0.5}}"#
        _ = try await catalog.report(
            claim.lease, progress: #"{"fraction":0.5,"detail":"step 20 of 40"}"#,
            events: [
                NewJobEvent(kind: "log", body: #"{"level":"info","text":"begun"}"#),
                NewJobEvent(kind: "point", body: point.replacing("\"step\":20", with: "\"step\":10")),
                NewJobEvent(kind: "point", body: point),
            ])
        let box = Box(xMin: 10, yMin: 10, xMax: 30, yMax: 30)
        let photos = [
            PhotoResult(
                annotations: [Annotation(label: 0, box: box)],
                detections: [Detection(label: 1, confidence: 0.9, box: box)])
        ]
        let metrics = try DetectionEvaluator(labels: ["apple", "banana"]).evaluate(photos)
        let result = EvaluationResult(evaluatedOn: measured, detection: metrics, photos: ["a.jpg"], skipped: [])
        let performance = String(decoding: try JSONEncoder().encode(result), as: UTF8.self)
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
        try Data(#"["apple"]"#.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        _ = try await catalog.addModelFile(
            file.path, role: "weights", ending: "safetensors", to: model, lease: claim.lease)
        _ = try await catalog.updateModel(model, lease: claim.lease) { row in
            row.performance = performance
            row.progress = point
            row.trainingSeconds = 4
            row.status = .succeeded
        }
        _ = try await catalog.finishJob(claim.lease, .succeeded)
    }

    @Test("a trained model shows curves, log, figures and mistakes, answers, and is measured again")
    func trained() async throws {
        try await withStudio { studio in
            let dataset = try await labelled(studio)
            let made = try await studio.post(
                "/groups/\(studio.group)/models",
                [
                    "name": "fruit-detector", "kind": "detector", "trainingDatasetIDs": .list([.text(dataset)]),
                    "budgetSeconds": 3_600,
                ])
            let id = try #require(made.id)
            let path = "/models/\(id)"
            #expect(try await studio.post(path + "/evaluations", ["datasetID": .text(dataset)]).status == 409)
            #expect(try await studio.post(path + "/predict", ["blobID": "b1"]).status == 409)
            #expect(try await studio.get(path + "/download").status == 404)
            try await finishTraining(studio, of: .init(rawValue: try #require(Int64(id.dropFirst()))))

            let model = try await studio.get(path)
            #expect(model.json["status"].text == "succeeded")
            #expect(model.json["evaluatedOn"].text == "training")
            #expect(model.json["performance"]["meanAveragePrecision50"].number == 0)
            #expect(model.json["latest"]["step"].number == 20)
            #expect(model.json["evaluationID"].text == "own")
            #expect(model.json["evaluations"].texts("id") == ["own"])
            let curves = try await studio.get(path + "/curves")
            #expect(curves.json["points"].items.map { $0["step"].number } == [10, 20])
            #expect(try await studio.get(path + "/log").json["items"].texts("text") == ["begun"])

            let own = try await studio.get(path + "/evaluations/own")
            #expect(own.json["labels"] == ["apple", "banana"])
            #expect(own.json["detection"]["mistakes"][0]["kind"].text == "wrongTag", "\(own)")
            let photo = own.json["photos"]["0"]
            #expect(photo["name"].text == "a.jpg")
            #expect(photo["blobID"].text != nil)
            #expect(photo["annotations"].items.count == 2)
            #expect(photo["detections"][0]["confidence"].number == 0.9)
            #expect(try await studio.delete(path + "/evaluations/own").status == 409)

            let measured = try await studio.post(path + "/evaluations", ["datasetID": .text(dataset)])
            #expect(measured.status == 201)
            #expect(measured.json["status"].text == "notStarted")
            let evaluation = try #require(measured.id)
            #expect(try await studio.delete(path + "/evaluations/\(evaluation)").status == 409)
            #expect(try await studio.get(path + "/evaluations").json["total"].number == 2)
            let download = try await studio.get(path + "/download")
            #expect(download.bytes == Array(#"["apple"]"#.utf8))
            #expect(download.header("Content-Disposition")?.contains("fruit-detector.safetensors") == true)
            // These weights are none, which writing them in another form notices.
            let onnx = try await studio.get(path + "/download?format=onnx")
            #expect(onnx.status == 422, "\(onnx)")
            #expect(try await studio.get(path + "/download?format=gguf").status == 422)
            let vision = try await studio.patch("/groups/\(studio.group)/vision", ["defaultModelID": .text(id)])
            #expect(vision.json["defaultModelID"].text == id)
        }
    }

    @Test("measurements on the same photos with the same labels say so, whoever made them")
    func sameMeasure() async throws {
        try await withStudio { studio in
            let dataset = try await labelled(studio)
            let made = try await studio.post(
                "/groups/\(studio.group)/models",
                [
                    "name": "fruit-detector", "kind": "detector", "trainingDatasetIDs": .list([.text(dataset)]),
                    "evaluationDatasetID": .text(dataset), "budgetSeconds": 3_600,
                ])
            let id = try #require(made.id)
            let path = "/models/\(id)/evaluations"
            try await finishTraining(
                studio, of: .init(rawValue: try #require(Int64(id.dropFirst()))), evaluatedOn: .evaluation)
            let own = try #require(try await studio.get(path).json["items"].texts("frozenID").first)

            let catalog = studio.store.catalog
            let again = try await studio.post(path, ["datasetID": .text(dataset)])
            let number = try #require(again.id.flatMap { Int64($0.dropFirst()) })
            let claim = try #require(
                try await catalog.claimJob(
                    kinds: ["evaluation"], places: [:], defaultPlaces: 1, leasedFor: .seconds(60)))
            let revision = try await catalog.job(claim.job.id).body(EvaluatePayload.self).revision
            _ = try await catalog.updateEvaluation(.init(rawValue: number), lease: claim.lease) { $0.status = .running }
            _ = try await catalog.updateEvaluation(.init(rawValue: number), lease: claim.lease) { row in
                row.revision = revision
                row.status = .succeeded
            }
            #expect(try await studio.get(path).json["items"].texts("frozenID") == [own, own])
        }
    }

    @Test("a photo is predicted from its bytes or from the storage")
    func prediction() async throws {
        try await withStudio { studio in
            let apple = try TestPhotos.apple()
            let answer = try await studio.send(
                .POST, "/api/v1/models/common/predict?threshold=0.1", body: apple,
                headers: ["Content-Type": "image/png"])
            #expect(answer.status == 200, "\(answer)")
            #expect(answer.json["width"].number == 100)
            #expect(answer.json["objects"][0]["tag"].text == "apple")
            #expect(answer.json["objects"][0]["box"]["xMin"].number == 10)
            #expect(answer.json["analysis"]["objectsResult"]["values"][0]["boundingBox"]["w"].number == 60)
            #expect(answer.json["milliseconds"]["total"].number ?? 0 > 0)
            let container = try await studio.container(photos: [])
            let blob = try #require(
                try await studio.upload("apple.png", apple, to: container, type: "image/png").id)
            let stored = try await studio.post("/models/common/predict", ["blobID": .text(blob)])
            #expect(stored.json["objects"] == answer.json["objects"])
            let text = try await studio.send(
                .POST, "/api/v1/models/common/predict", body: Array("no photo".utf8),
                headers: ["Content-Type": "image/jpeg"])
            #expect(text.status == 422)
            #expect(text.code == "photoUnreadable")
            #expect(try await studio.post("/models/m9/predict", ["blobID": .text(blob)]).status == 404)
        }
    }
}
