"""Stand-ins for flux, source-controller and kustomize-controller, over the API of any cluster."""
