import Hummingbird
import PomonaCore

extension VisionAPI {
    /// Says for each position of a planogram which of the products that were found stands there.
    func matchPlanogram(_ request: VisionRequest) async throws -> Response {
        let body = try await request.object()
        let detected = try body.required("detectedProducts", try body.object("detectedProducts"))
        let planogram = try body.required("planogram", try body.object("planogram"))
        let objects = try ["products", "gaps"].flatMap { key in
            try (detected.objects(key) ?? []).map(Self.detectedObject)
        }
        guard objects.count <= Self.maximumCount else {
            throw body.wrong(
                "detectedProducts", found: "\(objects.count) long", expected: "at most \(Self.maximumCount)")
        }
        let positions = try Self.positions(planogram)
        let matcher = PlanogramMatcher(
            positions: positions,
            objects: objects.map { object in
                let box = object.boundingBox
                return PlanogramMatcher.Found(
                    tag: object.tags.first?.name ?? "",
                    box: Box(
                        xMin: Double(box.x), yMin: Double(box.y), xMax: Double(box.x + box.w),
                        yMax: Double(box.y + box.h)))
            })
        return try Self.json(
            PlanogramDocument(
                matchingResultPerPosition: matcher.matches().map { match in
                    PlanogramDocument.Match(
                        positionId: positions[match.position].id, detectedObject: objects[match.object])
                }))
    }

    /// Of positions and of objects, beyond which a request would hold the server up.
    private static let maximumCount = 1_000

    /// Far beyond any photo and any unit, and far from where whole numbers end.
    private static let range = -1e9...1e9

    private static func positions(_ planogram: JSONObject) throws -> [PlanogramMatcher.Position] {
        var products: [String: (name: String, width: Double, height: Double)] = [:]
        for product in try planogram.required("products", try planogram.objects("products")) {
            let id = try product.required("id", try product.string("id"))
            products[id] = (
                try product.string("name") ?? id, try product.required("w", try product.number("w", in: 0...1e9)),
                try product.required("h", try product.number("h", in: 0...1e9))
            )
        }
        let positions = try planogram.required("positions", try planogram.objects("positions"))
        guard positions.count <= maximumCount else {
            throw planogram.wrong("positions", found: "\(positions.count) long", expected: "at most \(maximumCount)")
        }
        return try positions.map { position in
            let productID = try position.required("productId", try position.string("productId"))
            guard let product = products[productID] else {
                throw position.wrong(
                    "productId", found: "\"\(productID.prefix(100))\"", expected: "the id of a product")
            }
            let x = try position.required("x", try position.number("x", in: range))
            let y = try position.required("y", try position.number("y", in: range))
            return PlanogramMatcher.Position(
                id: try position.required("id", try position.string("id")), product: product.name,
                box: Box(xMin: x, yMin: y, xMax: x + product.width, yMax: y + product.height))
        }
    }

    private static func detectedObject(_ object: JSONObject) throws -> AnalysisParts.Object {
        let box = try object.required("boundingBox", try object.object("boundingBox"))
        func side(_ key: String, from least: Int) throws -> Int {
            try box.required(key, try box.integer(key, in: least...1_000_000))
        }
        let tags = try object.required("tags", try object.objects("tags")).map { tag in
            AnalysisParts.Tag(
                name: try tag.required("name", try tag.string("name")),
                confidence: try tag.number("confidence", in: 0...1) ?? 0)
        }
        return AnalysisParts.Object(
            id: try object.string("id") ?? "",
            boundingBox: AnalysisParts.PixelBox(
                x: try side("x", from: 0), y: try side("y", from: 0), w: try side("w", from: 1),
                h: try side("h", from: 1)),
            tags: tags)
    }
}

/// The answer of a planogram's comparison: positions at which nothing was found are left out.
struct PlanogramDocument: Encodable, Sendable {
    struct Match: Encodable, Sendable {
        var positionId: String
        var detectedObject: AnalysisParts.Object
    }

    var matchingResultPerPosition: [Match]
}
