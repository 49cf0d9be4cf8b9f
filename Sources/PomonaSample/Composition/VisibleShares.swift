import PomonaCore

/// How much of each thing the camera sees, judged on a small picture that reaches beyond the frame on all sides.
struct VisibleShares {
    /// Seen pixels of each object against those it would have alone and uncut, 0...1.
    let shares: [Float]

    /// Seen pixels against all of the frame's.
    let areas: [Float]

    private static let frameHeight = 48

    init(of scene: Scene, aspectRatio: Float) {
        let height = Self.frameHeight
        let width = Int((Float(height) * aspectRatio).rounded())
        let size = ImageSize(width: width, height: height)
        var (whole, seen) = (
            [Int](repeating: 0, count: scene.objects.count), [Int](repeating: 0, count: scene.objects.count)
        )
        scene.objects.withUnsafeBufferPointer { objects in
            let tracer = Tracer(objects: objects, scene: scene)
            for y in -height / 2..<height + height / 2 {
                for x in -width / 2..<width + width / 2 {
                    let ray = scene.camera.ray(through: SIMD2(Float(x) + 0.5, Float(y) + 0.5), of: size)
                    let isInFrame = (0..<width).contains(x) && (0..<height).contains(y)
                    Self.count(ray, tracer, isInFrame: isInFrame, whole: &whole, seen: &seen)
                }
            }
        }
        shares = zip(seen, whole).map { $1 > 0 ? Float($0) / Float($1) : 0 }
        areas = seen.map { Float($0) / Float(width * height) }
    }

    private static func count(_ ray: Ray, _ tracer: Tracer, isInFrame: Bool, whole: inout [Int], seen: inout [Int]) {
        var (front, nearest) = (-1, Float.infinity)
        for index in tracer.objects.indices where tracer.objects[index].mayMeet(ray) {
            let object = tracer.objects[index]
            let distance = object.solid.march(object.local(ray), limit: .infinity)
            guard distance < .infinity else { continue }
            whole[index] += 1
            if distance < nearest { (front, nearest) = (index, distance) }
        }
        if front >= 0, isInFrame { seen[front] += 1 }
    }
}
