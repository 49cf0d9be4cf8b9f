/// A composed still life, ready to be rendered at any size; made by ``SceneGenerator``.
public struct Scene: Sendable {
    var objects: [SceneObject]
    var ground: GroundPattern
    /// The ground's pattern is turned by this angle's cosine and sine.
    var groundTurn: SIMD2<Float>
    var backdrop: Backdrop
    var lighting: Lighting
    var camera: Camera
    var film: Film

    /// What stands in the scene, in the order of ``RenderedPhoto/objects``' indices.
    public var kinds: [ObjectKind] { objects.map(\.kind) }
}
