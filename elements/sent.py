"""What a form is given: all that was sent, or nothing where somebody only looks."""


def posted(request):
    return request.POST if request.method == "POST" else None


def uploaded(request):
    return request.FILES if request.method == "POST" else None
