def third_party(*names):
    """Selectors of requirements in the one resolve of our code, for visibility rules."""
    return [f"//3rdparty/python/default#{name}" for name in names]
